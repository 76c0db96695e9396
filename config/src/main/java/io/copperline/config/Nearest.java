package io.copperline.config;

import java.util.Collection;
import java.util.Optional;

/** Finds what somebody may have meant. */
final class Nearest {
    private Nearest() {}

    /** The candidate with the fewest edits, where these are few for its length. */
    static Optional<String> to(String written, Collection<String> candidates) {
        String best = "";
        int fewest = Integer.MAX_VALUE;
        for (String candidate : candidates) {
            int edits = edits(written, candidate);
            if (edits < fewest) {
                fewest = edits;
                best = candidate;
            }
        }
        boolean near = fewest <= Math.max(2, Math.max(written.length(), best.length()) / 3) && fewest < best.length();
        return near ? Optional.of(best) : Optional.empty();
    }

    /** Levenshtein's distance, without regard to case. */
    private static int edits(String written, String candidate) {
        String a = written.length() > 64 ? written.substring(0, 64) : written;
        int[] row = new int[candidate.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                boolean same = Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(candidate.charAt(j - 1));
                int replaced = diagonal + (same ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[row.length - 1];
    }
}
