"""What the test run needs: engines, browser, and word of what was left out."""
