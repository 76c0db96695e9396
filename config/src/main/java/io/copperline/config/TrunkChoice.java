package io.copperline.config;

import java.util.OptionalInt;

/**
 * One of a rule's trunks.
 *
 * @param weight its share of the calls beside the others that have one; without it, the trunk keeps its place behind those
 */
public record TrunkChoice(String trunk, OptionalInt weight) {
    public static TrunkChoice of(String trunk) {
        return new TrunkChoice(trunk, OptionalInt.empty());
    }
}
