package io.github.jdbcpglite.wasm.image;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.function.Function;

/** Finds what makes the compiled functions of a module runnable. */
final class MachineClass {
    private static final MethodType FACTORY = MethodType.methodType(Machine.class, Instance.class);

    private MachineClass() {}

    /**
     * Returns the factory of a module's machines.
     *
     * @param name the class, with a public constructor that takes an instance
     * @throws ImageException if there is no such class
     */
    static Function<Instance, Machine> factory(ClassLoader loader, String name) {
        MethodHandle constructor;
        try {
            Class<?> type = Class.forName(name, false, loader);
            constructor =
                    MethodHandles.publicLookup()
                            .findConstructor(
                                    type, MethodType.methodType(void.class, Instance.class))
                            .asType(FACTORY);
        } catch (ReflectiveOperationException | LinkageError e) {
            throw new ImageException("the image of PGlite is damaged: no usable class " + name, e);
        }
        return instance -> newMachine(constructor, instance);
    }

    private static Machine newMachine(MethodHandle constructor, Instance instance) {
        try {
            return (Machine) constructor.invokeExact(instance);
        } catch (RuntimeException | Error e) { // What the constructor throws is passed on as it is.
            throw e;
        } catch (Throwable e) {
            // A method handle declares Throwable; the constructor itself has no checked exception.
            throw new ImageException("cannot create the machine of " + instance, e);
        }
    }
}
