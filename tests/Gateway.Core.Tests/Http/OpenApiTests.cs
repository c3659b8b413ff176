using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using OpenClaw.Gateway.Core.Http;

namespace OpenClaw.Gateway.Core.Tests.Http;

public sealed class OpenApiTests
{
    [Fact]
    public async Task Document_IsServedToEverybody_AndNamesEveryEndpointWithItsMethods()
    {
        await using var host = await ApiHost.StartAsync(sections: """hooks: { enabled: true, token: "hooktok" }""");
        host.Http.DefaultRequestHeaders.Authorization = null;

        var answer = await host.GetAsync("openapi.json");

        Assert.Equal((200, "application/json; charset=utf-8"), (answer.Status, answer.ContentType));
        var paths = answer.Json["paths"]!.AsObject();
        var endpoints = host.Gateway.Services.GetServices<IApiEndpoint>().ToList();
        foreach (var (path, operations) in paths)
        {
            var endpoint = Assert.Single(endpoints, endpoint => endpoint.Serves(path));
            Assert.All(operations!.AsObject(), operation => Assert.Contains(operation.Key.ToUpperInvariant(), endpoint.Methods, StringComparison.Ordinal));
        }
        Assert.All(endpoints, endpoint => Assert.Contains(paths, path => endpoint.Serves(path.Key)));
    }

    [Fact]
    public async Task Document_HasNoDanglingReference()
    {
        await using var host = await ApiHost.StartAsync();
        var document = (await host.GetAsync("openapi.json")).Json;

        foreach (var reference in References(document))
        {
            JsonNode? at = document;
            foreach (var step in reference["#/".Length..].Split('/'))
                at = at?[step];
            Assert.True(at is not null, reference);
        }
    }

    private static IEnumerable<string> References(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(static member => member.Key == "$ref" ? [(string)member.Value!] : References(member.Value)),
        JsonArray items => items.SelectMany(References),
        _ => [],
    };
}
