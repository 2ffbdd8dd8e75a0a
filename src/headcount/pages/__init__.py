"""Pages for people: templates, one style, and the script by which every page says how old it is by the viewer's clock."""
