"""What people do by hand: counts entered, reviewed and put right; accounts renamed, handed over and archived."""
