package io.github.jdbcpglite.engine.bytecode.memory;

import com.dylibso.chicory.runtime.ConstantEvaluators;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.ActiveDataSegment;
import com.dylibso.chicory.wasm.types.DataSegment;
import com.dylibso.chicory.wasm.types.PassiveDataSegment;

/**
 * The data segments of the first module that is instantiated whole.
 *
 * <p>Chicory names a passive segment by its index alone, so only the first module's are kept.
 */
final class DataSegments {
    private final PagedLinearMemory memory;
    private DataSegment[] passive = {};

    DataSegments(PagedLinearMemory memory) {
        this.memory = memory;
    }

    void initialize(Instance instance, DataSegment[] segments) {
        DataSegment[] kept = segments.clone();
        for (int i = 0; i < segments.length; i++) {
            if (segments[i] instanceof ActiveDataSegment active) {
                memory.put(base(instance, active), active.data());
                kept[i] = PassiveDataSegment.EMPTY;
            }
        }
        if (passive.length == 0) {
            passive = kept;
        }
    }

    private static int base(Instance instance, ActiveDataSegment segment) {
        return (int)
                ConstantEvaluators.computeConstantValue(instance, segment.offsetInstructions())[0];
    }

    byte[] data(int segment) {
        return passive[segment].data();
    }

    void drop(int segment) {
        passive[segment] = PassiveDataSegment.EMPTY;
    }
}
