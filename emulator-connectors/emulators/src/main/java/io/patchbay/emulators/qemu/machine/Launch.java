package io.patchbay.emulators.qemu.machine;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * All that decides a command line.
 *
 * @param kvm whether the processor's own virtualization is used
 * @param console the main one
 * @param auxiliary socket of one more serial port, on which QEMU is to listen
 * @param qmp socket that QEMU is to listen on for control
 * @param tpm socket of the TPM's emulator
 * @param savedState name of the saved state to go on from
 * @param options what the user adds, a word each
 */
public record Launch(
    QemuProgram program,
    QemuVersion version,
    String name,
    UUID nodeId,
    QemuSettings settings,
    boolean kvm,
    BootFiles boot,
    List<Drive> drives,
    List<NicBackend> nics,
    GuestConsole console,
    Optional<Path> auxiliary,
    Path qmp,
    Optional<Path> tpm,
    Optional<String> savedState,
    List<String> options) {}
