using System.Text.Json;
using OpenClaw.Cli.Output;
using OpenClaw.Gateway.Client.Connections;

namespace OpenClaw.Cli.Connections;

/// <summary>What came of trying to reach a gateway.</summary>
/// <param name="Connected">It greeted.</param>
/// <param name="Latency">Time until it did.</param>
/// <param name="Error">Why it did not, or what it refused to answer; one line.</param>
/// <param name="Details">The same with the lines about the connection.</param>
/// <param name="Close">How the connection ended, when it failed.</param>
/// <param name="Answers">JSON of its answers, by method; without those it refused.</param>
internal sealed record GatewayProbeResult(
    bool Connected, TimeSpan Latency, string? Error, string? Details, GatewayClose? Close, IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Answers)
{
    /// <summary>It was not asked: a file of this device's identity cannot be read or written.</summary>
    public bool NeverAsked { get; init; }

    /// <summary>Whether it greeted and answered everything.</summary>
    public bool Ok => Connected && Error is null;

    /// <summary>JSON of an answer; null when there is none.</summary>
    public JsonElement? Answer(string method)
    {
        if (!Answers.TryGetValue(method, out var json) || json.IsEmpty)
            return null;
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    /// <summary>The gateway's own row among its presence entries.</summary>
    public JsonElement? Self()
    {
        if (Answer("system-presence") is not { ValueKind: JsonValueKind.Array } rows)
            return null;
        foreach (var row in rows.EnumerateArray())
        {
            if (row.Text("mode") == "gateway" && row.Text("reason") == "self")
                return row;
        }
        return null;
    }
}
