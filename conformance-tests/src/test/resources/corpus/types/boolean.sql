SELECT true, false, null::boolean;
