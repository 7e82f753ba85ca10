package io.patchbay.compute.node;

import io.patchbay.compute.lab.ComputeLab;
import io.patchbay.compute.lab.Connector;
import io.patchbay.spi.EmulatedNode;
import io.patchbay.spi.PortAddress;
import jakarta.inject.Inject;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.PathParam;

/** What resources of a port have in common: the port that a request is about. */
abstract class PortResource {
  static final String PORT =
      "projects/{project_id}/{node_type:(?!files$)[a-z_]+}/nodes/{node_id}"
          + "/adapters/{adapter_number:\\d+}/ports/{port_number:\\d+}";

  @Inject private ComputeLab lab;

  @PathParam("project_id")
  private String projectId;

  @PathParam("node_type")
  private String kind;

  @PathParam("node_id")
  private String nodeId;

  @PathParam("adapter_number")
  private int adapter;

  @PathParam("port_number")
  private int port;

  /** Routes of a kind that there is no connector for are unknown. */
  Connector connector() {
    return lab.connector(kind).orElseThrow(NotFoundException::new);
  }

  EmulatedNode node() {
    connector();
    return lab.project(projectId).node(kind, nodeId);
  }

  PortAddress address() {
    return new PortAddress(adapter, port);
  }
}
