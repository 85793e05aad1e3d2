"""Names to enterprises: partners typed from memory, and enterprises that stand twice in the register."""
