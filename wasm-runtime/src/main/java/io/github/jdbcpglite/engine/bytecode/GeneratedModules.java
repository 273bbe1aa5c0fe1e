package io.github.jdbcpglite.engine.bytecode;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import java.lang.reflect.Constructor;
import java.util.function.Function;
import java.util.function.Supplier;

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
     * Returns the machine factory of a generated module, for instances that Chicory builds.
     *
     * @param machines as {@link #machines} gives it
     */
    public static Function<Instance, Machine> machineFactory(Supplier<GeneratedMachine> machines) {
        return instance -> machines.get().bind(instance);
    }

    /**
     * Returns what makes the machines of a generated module.
     *
     * @param className binary name of the generated machine class
     * @param loader where the module's classes are found
     * @throws IllegalArgumentException if there is no such generated class
     */
    public static Supplier<GeneratedMachine> machines(String className, ClassLoader loader) {
        try {
            Constructor<? extends GeneratedMachine> constructor =
                    Class.forName(className, false, loader)
                            .asSubclass(GeneratedMachine.class)
                            .getConstructor();
            return () -> newMachine(constructor);
        } catch (ReflectiveOperationException | LinkageError | ClassCastException e) {
            throw new IllegalArgumentException("no generated machine " + className, e);
        }
    }

    private static GeneratedMachine newMachine(
            Constructor<? extends GeneratedMachine> constructor) {
        try {
            return constructor.newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot create " + constructor.getName(), e);
        }
    }
}
