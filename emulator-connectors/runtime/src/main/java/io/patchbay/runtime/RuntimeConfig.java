package io.patchbay.runtime;

import java.net.InetAddress;
import java.nio.file.Path;

/**
 * What the connectors need to know of their server.
 *
 * @param consoleAddress where consoles listen
 * @param firstConsolePort first TCP port for consoles
 * @param lastConsolePort last one, included
 * @param firstUdpPort first UDP port for tunnels and emulators
 * @param lastUdpPort last one, included
 * @param netstackIo {@code auto}, {@code linux} or {@code portable}
 * @param netstackThreads event-loop threads for all links; 0 lets the netstack choose
 * @param vpcsEngine what virtual PCs run in: {@code embedded} or {@code process}
 * @param vpcs the VPCS program, a path or a name on the {@code PATH}
 * @param runDirectory where the compute writes down what it runs
 * @param images where images are, in a directory for each emulator
 * @param local whether clients may name files anywhere on this machine
 * @param consoleLogBytes size of a node's console log before another is begun; 0 for no logs
 * @param qemu how machines of QEMU's are run
 * @param dynamips how routers of Dynamips are run
 * @param iou how nodes of IOU are run
 * @param traceNg the TraceNG program, a path or a name on the {@code PATH}
 * @param virtualBox how machines of VirtualBox are run
 * @param vmware how machines of VMware's are run
 */
public record RuntimeConfig(
    InetAddress consoleAddress,
    int firstConsolePort,
    int lastConsolePort,
    int firstUdpPort,
    int lastUdpPort,
    String netstackIo,
    int netstackThreads,
    String vpcsEngine,
    String vpcs,
    Path runDirectory,
    Path images,
    boolean local,
    int consoleLogBytes,
    QemuConfig qemu,
    DynamipsConfig dynamips,
    IouConfig iou,
    String traceNg,
    VirtualBoxConfig virtualBox,
    VmwareConfig vmware) {}
