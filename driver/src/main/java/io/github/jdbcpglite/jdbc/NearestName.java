package io.github.jdbcpglite.jdbc;

import java.util.List;
import java.util.Locale;

/** Finds the name somebody may have meant, by Levenshtein distance. Stateless. */
final class NearestName {
    private NearestName() {}

    /** Returns the candidate nearest to a name, or an empty text if none is near. */
    static String of(String name, List<String> candidates) {
        String nearest = "";
        int best = Math.max(2, name.length() / 3) + 1;
        for (String candidate : candidates) {
            int distance = distance(lower(name), lower(candidate));
            if (distance < best) {
                best = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
