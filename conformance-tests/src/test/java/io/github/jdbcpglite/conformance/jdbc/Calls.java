package io.github.jdbcpglite.conformance.jdbc;

import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Calls the methods of an interface by reflection, in the order of their names. */
final class Calls {
    private Calls() {}

    /** Returns the interface's methods that are chosen, in an order that never changes. */
    static List<Method> methods(Class<?> type, Predicate<Method> chosen) {
        return Arrays.stream(type.getMethods())
                .filter(method -> method.getDeclaringClass() != Object.class)
                .filter(chosen)
                .sorted(
                        Comparator.comparing(Method::getName)
                                .thenComparing(
                                        method -> Arrays.toString(method.getParameterTypes())))
                .toList();
    }

    /**
     * Calls a method with several sets of arguments. The sets step through the choices of every
     * parameter at different paces, so that choices meet in many ways without all combinations.
     *
     * @param choices gives the choices of a parameter by its index and type
     */
    static void each(
            Recorder record,
            Object on,
            Method method,
            int sets,
            BiFunction<Integer, Class<?>, List<? extends @Nullable Object>> choices) {
        Class<?>[] types = method.getParameterTypes();
        int count = types.length == 0 ? 1 : sets;
        for (int set = 0; set < count; set++) {
            @Nullable Object[] arguments = new @Nullable Object[types.length];
            int pace = set;
            for (int i = 0; i < types.length; i++) {
                List<? extends @Nullable Object> values = choices.apply(i, types[i]);
                arguments[i] = values.get(pace % values.size());
                pace = pace / 2 + set;
            }
            record.call(method.getName() + describe(arguments), () -> method.invoke(on, arguments));
        }
    }

    private static String describe(@Nullable Object[] arguments) {
        List<String> texts = new ArrayList<>();
        for (Object argument : arguments) {
            texts.add(
                    argument instanceof Object[] array
                            ? Arrays.toString(array)
                            : argument instanceof int[] ints
                                    ? Arrays.toString(ints)
                                    : argument instanceof Class<?> type
                                            ? type.getSimpleName()
                                            : String.valueOf(argument));
        }
        return texts.stream().collect(Collectors.joining(", ", "(", ")"));
    }
}
