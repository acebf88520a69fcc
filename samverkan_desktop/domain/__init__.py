"""What a tjänsteutlåtande is: values and pure functions, standard library only."""
