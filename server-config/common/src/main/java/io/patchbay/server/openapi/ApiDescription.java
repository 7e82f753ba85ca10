package io.patchbay.server.openapi;

import io.patchbay.server.http.ApiVersion;
import io.patchbay.server.http.StatusCodes;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.Paths;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/**
 * Completes what a server finds out about the routes by itself: with what {@link RouteTable} says,
 * with the routes that no JAX-RS resource serves, and with paths from the server's root, since both
 * WARs share one document. Servers find this class by {@code mp.openapi.filter}.
 */
public class ApiDescription implements OASFilter {
  private static final String JSON = "application/json";
  private static final String BYTES = "application/octet-stream";
  private static final String ERROR = "Error";

  private final RouteTable table = RouteTable.load();

  @Override
  public void filterOpenAPI(OpenAPI api) {
    Paths paths = OASFactory.createPaths();
    api.getPaths()
        .getPathItems()
        .forEach(
            (path, item) -> {
              item.getOperations()
                  .forEach(
                      (method, operation) ->
                          table
                              .find(method.name(), path)
                              .ifPresent(route -> describe(operation, route)));
              paths.addPathItem(table.full(path), item);
            });
    table.routes().stream()
        .filter(route -> !route.isResource())
        .forEach(route -> paths.addPathItem(route.path(), item(route)));
    api.setPaths(paths);
    api.setServers(List.of(OASFactory.createServer().url("/")));
    api.setInfo(OASFactory.createInfo().title("Patchbay").version(ApiVersion.TEXT));
    if (api.getComponents() == null) {
      api.setComponents(OASFactory.createComponents());
    }
    api.getComponents().addSchema(ERROR, errorSchema());
  }

  private PathItem item(Route route) {
    Operation operation = OASFactory.createOperation();
    describe(operation, route);
    return OASFactory.createPathItem().GET(operation);
  }

  private void describe(Operation operation, Route route) {
    operation.setSummary(route.summary());
    operation.setOperationId(route.key().replaceAll("\\W+", "_").replaceAll("_$", ""));
    completeParameters(operation, route);
    String body =
        switch (route.body()) {
          case JSON -> JSON;
          case BYTES -> BYTES;
          default -> "";
        };
    operation.setRequestBody(
        body.isEmpty() ? null : OASFactory.createRequestBody().content(content(body)));
    Content answer =
        Optional.ofNullable(operation.getResponses())
            .map(APIResponses::getDefaultValue)
            .map(APIResponse::getContent)
            .orElse(null);
    APIResponses responses = OASFactory.createAPIResponses();
    for (int status : route.statuses()) {
      responses.addAPIResponse(Integer.toString(status), response(status, answer));
    }
    operation.setResponses(responses);
  }

  /** Servers miss those that a resource inherits, and know none of other routes. */
  private void completeParameters(Operation operation, Route route) {
    List<Parameter> found = Optional.ofNullable(operation.getParameters()).orElse(List.of());
    Set<String> names = found.stream().map(Parameter::getName).collect(Collectors.toSet());
    route.parameters().stream()
        .map(name -> name.substring(1, name.length() - 1))
        .filter(name -> !names.contains(name))
        .forEach(
            name ->
                operation.addParameter(
                    OASFactory.createParameter()
                        .name(name)
                        .in(Parameter.In.PATH)
                        .required(true)
                        .schema(schema(Schema.SchemaType.STRING))));
    Optional.ofNullable(operation.getParameters()).orElse(List.of()).forEach(this::describe);
  }

  private void describe(Parameter parameter) {
    boolean inPath = parameter.getIn() == Parameter.In.PATH;
    String name = parameter.getName();
    table.parameter(inPath ? "{" + name + "}" : "?" + name).ifPresent(parameter::setDescription);
  }

  private static APIResponse response(int status, Content answer) {
    APIResponse response = OASFactory.createAPIResponse().description(StatusCodes.reason(status));
    if (status >= 400) {
      Schema error = OASFactory.createSchema().ref(ERROR);
      return response.content(
          OASFactory.createContent()
              .addMediaType(JSON, OASFactory.createMediaType().schema(error)));
    }
    return status == 200 || status == 201 ? response.content(answer) : response;
  }

  private static Content content(String type) {
    return OASFactory.createContent().addMediaType(type, OASFactory.createMediaType());
  }

  private static Schema errorSchema() {
    Schema error = schema(Schema.SchemaType.OBJECT);
    Map.of("status", Schema.SchemaType.INTEGER, "message", Schema.SchemaType.STRING)
        .forEach((field, type) -> error.addProperty(field, schema(type)).addRequired(field));
    return error;
  }

  private static Schema schema(Schema.SchemaType type) {
    Schema schema = OASFactory.createSchema();
    try {
      return schema.type(type);
    } catch (NoSuchMethodError newer) {
      // MicroProfile OpenAPI 4 takes a list here. A schema without a type is right, and says less.
      return schema;
    }
  }
}
