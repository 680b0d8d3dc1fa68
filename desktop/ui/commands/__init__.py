"""What the window's actions do, by subject; each class knows the window, no panel knows them."""
