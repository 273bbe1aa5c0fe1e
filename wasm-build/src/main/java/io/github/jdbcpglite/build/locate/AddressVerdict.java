package io.github.jdbcpglite.build.locate;

import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * Where a variable is in the other module, and why.
 *
 * @param address its address, or nothing if that cannot be told
 * @param finding the same for people
 */
record AddressVerdict(OptionalInt address, Finding finding) {
    /**
     * Decides by the exports, if they have the variable's name, and by the places in the code.
     *
     * @param name the variable's name
     * @param before its address in the known module
     */
    static AddressVerdict of(
            String name, int before, ModuleCode known, ModuleCode other, OperandVotes votes) {
        String label = "address " + name + ": " + before;
        boolean changedOnly = votes.of(before).isEmpty();
        Map<Long, Integer> counts =
                changedOnly ? votes.ofChangedFunctions(before) : votes.of(before);
        String where =
                changedOnly
                        ? " places in changed functions"
                        : " places" + notAsked(votes.inChangedFunctions(before));
        Integer export = other.exportedAddresses().get(name);
        if (export != null && Integer.valueOf(before).equals(known.exportedAddresses().get(name))) {
            return exported(label, export, counts, where);
        }
        OptionalLong majority = majority(counts);
        if (majority.isEmpty()) {
            String why = counts.isEmpty() ? "no place has a partner" : "no majority: ";
            return missing(label + " before; " + why + text(counts));
        }
        long found = majority.getAsLong();
        if (!other.looksLikeAddress(found)) {
            return missing(label + " before; the places have " + text(counts));
        }
        return found(label + " -> " + found + ", by ", found, counts, where);
    }

    private static AddressVerdict exported(
            String label, int export, Map<Long, Integer> counts, String where) {
        OptionalLong majority = majority(counts);
        if (!counts.isEmpty() && (majority.isEmpty() || majority.getAsLong() != export)) {
            return missing(
                    label + " before; exported as " + export + ", but places have " + text(counts));
        }
        return found(label + " -> " + export + ", exported; ", export, counts, where);
    }

    private static String notAsked(int changed) {
        return changed == 0 ? "" : " (" + changed + " more in changed functions)";
    }

    /** Returns the number that more than half of the places have. */
    private static OptionalLong majority(Map<Long, Integer> counts) {
        int all = sum(counts);
        return counts.entrySet().stream()
                .filter(each -> each.getValue() * 2 > all)
                .mapToLong(Map.Entry::getKey)
                .findFirst();
    }

    private static int sum(Map<Long, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    private static String text(Map<Long, Integer> counts) {
        return counts.entrySet().stream()
                .map(each -> each.getKey() + " " + each.getValue() + " times")
                .collect(Collectors.joining(", "));
    }

    private static AddressVerdict found(
            String text, long address, Map<Long, Integer> counts, String where) {
        int all = sum(counts);
        int agreeing = counts.getOrDefault(address, 0);
        boolean dissent = agreeing < all;
        return new AddressVerdict(
                OptionalInt.of(Math.toIntExact(address)),
                new Finding(
                        dissent ? Finding.State.CHANGED : Finding.State.FOUND,
                        text
                                + agreeing
                                + " of "
                                + all
                                + where
                                + (dissent ? "; they have " + text(counts) : "")));
    }

    private static AddressVerdict missing(String text) {
        return new AddressVerdict(OptionalInt.empty(), new Finding(Finding.State.MISSING, text));
    }
}
