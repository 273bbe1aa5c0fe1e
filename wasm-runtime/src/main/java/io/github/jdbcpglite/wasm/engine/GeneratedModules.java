package io.github.jdbcpglite.wasm.engine;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import java.lang.reflect.InvocationTargetException;
import java.util.function.Function;

/** Prepares Chicory instances for generated code. */
public final class GeneratedModules {
    private GeneratedModules() {}

    /** Gives an instance under construction the machine, the table and the globals it needs. */
    public static Instance.Builder configure(
            Instance.Builder builder, Function<Instance, Machine> machineFactory) {
        return builder.withMachineFactory(machineFactory)
                .withTableFactory(FunctionTable::create)
                .withGlobalFactory(ContextGlobal::new);
    }

    /**
     * Returns the machine factory of a generated module.
     *
     * @param className binary name of the generated machine class
     * @param loader where the module's classes are found
     * @throws IllegalArgumentException if there is no such generated class
     */
    public static Function<Instance, Machine> machineFactory(String className, ClassLoader loader) {
        try {
            var constructor =
                    Class.forName(className, true, loader)
                            .asSubclass(GeneratedMachine.class)
                            .getConstructor(Instance.class);
            return instance -> {
                try {
                    return constructor.newInstance(instance);
                } catch (InstantiationException
                        | IllegalAccessException
                        | InvocationTargetException e) {
                    throw new IllegalStateException("cannot create " + className, e);
                }
            };
        } catch (ClassNotFoundException | NoSuchMethodException e) {
            throw new IllegalArgumentException("no generated machine " + className, e);
        }
    }
}
