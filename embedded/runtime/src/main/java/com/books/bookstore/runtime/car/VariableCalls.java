package com.books.bookstore.runtime.car;

import com.books.bookstore.runtime.engine.MessageVariables;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Leads the calls of methods for variables, which a class compiled for Micro Integrator makes and Apache Synapse's message lacks, to {@link
 * MessageVariables}.
 */
final class VariableCalls {

    private static final Set<String> OWNERS =
            Set.of("org/apache/synapse/MessageContext", "org/apache/synapse/core/axis2/Axis2MessageContext");

    private static final String TARGET = Type.getInternalName(MessageVariables.class);
    private static final String MESSAGE = "Lorg/apache/synapse/MessageContext;";

    /** Name and descriptor of each method as Micro Integrator's message has it. */
    private static final Set<String> METHODS = Arrays.stream(MessageVariables.class.getMethods())
            .filter(method -> method.getDeclaringClass() == MessageVariables.class)
            .map(method -> method.getName() + Type.getMethodDescriptor(method).replace(MESSAGE, ""))
            .collect(Collectors.toUnmodifiableSet());

    private VariableCalls() {}

    /** True for a method that is led to its replacement. */
    static boolean include(String owner, String name, String descriptor) {
        return OWNERS.contains(owner) && METHODS.contains(name + descriptor);
    }

    /** The same class, or one whose calls are replaced if it has any. */
    static byte[] replaced(byte[] original) {
        if (!mentionsVariables(original)) {
            return original;
        }
        ClassReader reader = new ClassReader(original);
        ClassWriter writer = new ClassWriter(reader, 0);
        reader.accept(new Replacement(writer), 0);
        return writer.toByteArray();
    }

    /** Most classes use no variables: looking for the word costs less than taking the class apart. */
    private static boolean mentionsVariables(byte[] bytes) {
        byte[] word = {'V', 'a', 'r', 'i', 'a', 'b', 'l', 'e'};
        for (int i = 0; i <= bytes.length - word.length; i++) {
            if (bytes[i] == word[0] && Arrays.equals(bytes, i, i + word.length, word, 0, word.length)) {
                return true;
            }
        }
        return false;
    }

    private static final class Replacement extends ClassVisitor {

        Replacement(ClassVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            return new MethodVisitor(Opcodes.ASM9, next) {
                @Override
                public void visitMethodInsn(
                        int opcode, String owner, String called, String calledDescriptor, boolean isInterface) {
                    if (include(owner, called, calledDescriptor)) {
                        super.visitMethodInsn(
                                Opcodes.INVOKESTATIC,
                                TARGET,
                                called,
                                "(" + MESSAGE + calledDescriptor.substring(1),
                                false);
                    } else {
                        super.visitMethodInsn(opcode, owner, called, calledDescriptor, isInterface);
                    }
                }
            };
        }
    }
}
