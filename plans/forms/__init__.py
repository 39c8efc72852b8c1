"""What may be filled in on the pages of plans. Forms check; actions write."""
