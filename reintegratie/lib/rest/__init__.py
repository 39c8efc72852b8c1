"""What every door of the API shares: problems, strict input, pages, versions and the published document."""
