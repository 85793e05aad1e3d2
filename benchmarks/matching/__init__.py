"""How well names typed from memory are found in a register, beside the peers."""
