package io.copperline.sip;

import java.util.function.UnaryOperator;

/** Writes a number of E.164 as a carrier reads it. What numbers look like in a country is known elsewhere. */
public interface NumberForm extends UnaryOperator<String> {
    /** As it is. */
    NumberForm E164 = number -> number;
}
