"""What readers take away: citations, embeds, share cards, badges, and what is said to programs about a page."""
