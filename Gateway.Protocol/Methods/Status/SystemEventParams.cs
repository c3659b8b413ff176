using System.Text.Json;
using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Methods.Status;

/// <summary>Params of <c>health</c>. Not validated by the peer: only <c>true</c> counts.</summary>
[OpenObject]
public sealed record HealthParams
{
    /// <summary>True asks for live probes of the channels.</summary>
    public JsonElement? Probe { get; init; }
}

/// <summary>Params of <c>system-event</c>. Values of a wrong type are ignored, as the peer does.</summary>
[OpenObject]
public sealed record SystemEventParams
{
    /// <summary>The event's text; required and not blank.</summary>
    public JsonElement? Text { get; init; }

    /// <summary>Device that reports.</summary>
    public JsonElement? DeviceId { get; init; }

    /// <summary>Instance that reports.</summary>
    public JsonElement? InstanceId { get; init; }

    /// <summary>Host name.</summary>
    public JsonElement? Host { get; init; }

    /// <summary>Address.</summary>
    public JsonElement? Ip { get; init; }

    /// <summary>Mode.</summary>
    public JsonElement? Mode { get; init; }

    /// <summary>Version.</summary>
    public JsonElement? Version { get; init; }

    /// <summary>Platform.</summary>
    public JsonElement? Platform { get; init; }

    /// <summary>Device family.</summary>
    public JsonElement? DeviceFamily { get; init; }

    /// <summary>Hardware model.</summary>
    public JsonElement? ModelIdentifier { get; init; }

    /// <summary>Seconds since last input.</summary>
    public JsonElement? LastInputSeconds { get; init; }

    /// <summary>Reason.</summary>
    public JsonElement? Reason { get; init; }

    /// <summary>Roles.</summary>
    public JsonElement? Roles { get; init; }

    /// <summary>Scopes.</summary>
    public JsonElement? Scopes { get; init; }

    /// <summary>Accepted and dropped.</summary>
    public JsonElement? Tags { get; init; }
}

/// <summary>The answer <c>{ok:true}</c>.</summary>
public sealed record OkResult
{
    /// <summary>True when it was done.</summary>
    public bool Ok { get; init; } = true;
}

/// <summary>Params of methods that take none: any property is refused.</summary>
public sealed record EmptyParams;
