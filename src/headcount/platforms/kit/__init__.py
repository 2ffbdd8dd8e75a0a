"""What platforms are made of: the contract, strict decoding, numbers and pages, handles, signing, what families share."""
