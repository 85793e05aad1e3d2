"""The same planted networks as pages of ours and of other tools: seconds, megabytes, first picture, highlight."""
