using System.Text.Json;
using System.Text.Json.Serialization;
using OpenClaw.Gateway.Core.Agents.Runs;
using OpenClaw.Gateway.Core.Dispatch;
using OpenClaw.Gateway.Protocol.Errors;

namespace OpenClaw.Gateway.Core.Idempotency;

/// <summary>How far a message with an idempotency key has come.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AnswerState>))]
internal enum AnswerState
{
    /// <summary>A core is about to store it.</summary>
    Claimed = 1,

    /// <summary>It is stored and will be worked on.</summary>
    Accepted,

    /// <summary>It is done with.</summary>
    Over,
}

/// <summary>What all cores know of a message with an idempotency key, and how a run ended.</summary>
internal sealed record SharedAnswer
{
    public required AnswerState State { get; init; }

    /// <summary>The core that wrote this.</summary>
    public required string Core { get; init; }

    /// <summary>What a repeat is answered, JSON; null when there is no answer yet.</summary>
    public byte[]? Payload { get; init; }

    public ErrorShape? Error { get; init; }

    public long? StartedAtMs { get; init; }

    public long? EndedAtMs { get; init; }

    /// <summary>Why the run failed; null when it did not.</summary>
    public string? Failure { get; init; }

    public bool Aborted { get; init; }

    [JsonIgnore]
    public MethodReply? Reply => Payload is { } payload ? new MethodReply(payload, Error) : null;

    /// <summary>As much of the run's result as those who wait for its end need.</summary>
    public RunResult ToResult() => new()
    {
        Status = Failure is not null ? RunStatus.Failed : Aborted ? RunStatus.Aborted : RunStatus.Ok,
        Error = Failure,
        AbortReason = Aborted ? RunAbortReason.Rpc : null,
        StartedAtMs = StartedAtMs,
        EndedAtMs = EndedAtMs ?? 0,
    };

    public static SharedAnswer Over(string core, MethodReply? reply, RunResult result) => new()
    {
        State = AnswerState.Over,
        Core = core,
        Payload = reply?.PayloadJson.ToArray(),
        Error = reply?.Error,
        StartedAtMs = result.StartedAtMs,
        EndedAtMs = result.EndedAtMs,
        Failure = result.Status is RunStatus.ModelError or RunStatus.Failed ? result.Error ?? "The run failed." : null,
        Aborted = result.Aborted,
    };

    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, SharedAnswerJson.Default.SharedAnswer);

    /// <exception cref="JsonException">It is not one.</exception>
    public static SharedAnswer Parse(ReadOnlyMemory<byte> bytes) => JsonSerializer.Deserialize(bytes.Span, SharedAnswerJson.Default.SharedAnswer) ?? throw new JsonException("null");
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
[JsonSerializable(typeof(SharedAnswer))]
internal sealed partial class SharedAnswerJson : JsonSerializerContext;
