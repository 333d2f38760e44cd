"""The course as one visitor takes it: where they are, what they are asked, and what the panel beside the stage says."""
