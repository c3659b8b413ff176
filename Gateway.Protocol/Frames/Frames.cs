using System.Text.Json;
using OpenClaw.Gateway.Protocol.Errors;
using OpenClaw.Gateway.Protocol.Methods.Status;
using OpenClaw.Gateway.Protocol.Schema;

namespace OpenClaw.Gateway.Protocol.Frames;

/// <summary>A request, client to gateway. Closed: a further property makes the frame invalid.</summary>
public sealed record RequestFrame
{
    /// <summary>Always <c>req</c>.</summary>
    [OneOf("req")]
    public required string Type { get; init; }

    /// <summary>Chosen by the client and echoed in every answer.</summary>
    [NonEmpty]
    public required string Id { get; init; }

    /// <summary>Method name.</summary>
    [NonEmpty]
    public required string Method { get; init; }

    /// <summary>Shaped by the method; absent and null mean <c>{}</c>.</summary>
    public JsonElement? Params { get; init; }

    /// <summary>Protocol 4: W3C trace context, at most 128 characters.</summary>
    [TextLength(0, 128)]
    public string? Traceparent { get; init; }

    /// <summary>Protocol 4: not used.</summary>
    public string? ExpectedProfileId { get; init; }
}

/// <summary>An answer, gateway to client. Clients ignore a frame with further properties.</summary>
public sealed record ResponseFrame
{
    /// <summary>Always <c>res</c>.</summary>
    [OneOf("res")]
    public required string Type { get; init; }

    /// <summary>Id of the request.</summary>
    public required string Id { get; init; }

    /// <summary>True when the method did what was asked.</summary>
    public required bool Ok { get; init; }

    /// <summary>Shaped by the method; some failures carry one too.</summary>
    public JsonElement? Payload { get; init; }

    /// <summary>What went wrong.</summary>
    public ErrorShape? Error { get; init; }
}

/// <summary>An event, gateway to client. Clients ignore a frame with further properties.</summary>
public sealed record EventFrame
{
    /// <summary>Always <c>event</c>.</summary>
    [OneOf("event")]
    public required string Type { get; init; }

    /// <summary>Event name.</summary>
    [NonEmpty]
    public required string Event { get; init; }

    /// <summary>Shaped by the event.</summary>
    public JsonElement? Payload { get; init; }

    /// <summary>Number of the broadcast, from 1; a gap means that something was not delivered.</summary>
    [Bounds(0)]
    public long? Seq { get; init; }

    /// <summary>Versions of presence and health after this event.</summary>
    public StateVersion? StateVersion { get; init; }
}
