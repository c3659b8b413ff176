using System.Text.Json.Serialization;

namespace OpenClaw.Gateway.Protocol.Services;

/// <summary>
/// What the public surface must know of the configuration. The core, which owns the configuration, writes it to the bus map
/// <see cref="Map"/>; edges read it there, at their start and at every change. Not part of the contract with clients.
/// </summary>
public sealed record EdgeSettings
{
    /// <summary>Name of the map.</summary>
    public const string Map = "gateway.edge";

    /// <summary>Key of the one entry.</summary>
    public const string Key = "settings";

    /// <summary><c>gateway.trustedProxies</c>: addresses whose forwarding headers count.</summary>
    public IReadOnlyList<string> TrustedProxies { get; init; } = [];

    /// <summary><c>gateway.controlUi.enabled</c>.</summary>
    public bool ControlUi { get; init; } = true;

    /// <summary><c>gateway.controlUi.basePath</c>: without a slash at its end; empty for the root.</summary>
    public string BasePath { get; init; } = "";

    /// <summary><c>gateway.tls.enabled</c>: clients are to be served over TLS.</summary>
    public bool Tls { get; init; }

    /// <summary><c>hooks.path</c>: starts with a slash, has none at its end.</summary>
    public string HooksPath { get; init; } = "/hooks";

    /// <summary><c>hooks.maxBodyBytes</c>; 256 KiB as in the original.</summary>
    public long HooksMaxBodyBytes { get; init; } = 256 << 10;

    /// <summary><c>gateway.http.endpoints.chatCompletions.maxBodyBytes</c>; 20 MiB as in the newer releases of the original, as pictures come in it.</summary>
    public long ChatCompletionsMaxBodyBytes { get; init; } = 20 << 20;

    /// <summary><c>gateway.http.endpoints.responses.maxBodyBytes</c>; 20 MiB as in the original.</summary>
    public long ResponsesMaxBodyBytes { get; init; } = 20 << 20;
}

/// <summary>Serialization of what services tell each other.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(EdgeSettings))]
public sealed partial class ServicesJsonContext : JsonSerializerContext;
