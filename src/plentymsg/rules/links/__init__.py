"""What is a link: in text, and in words that disguise one."""
