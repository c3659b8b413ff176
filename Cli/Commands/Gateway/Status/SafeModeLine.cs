using System.Text.Json;
using OpenClaw.Cli.Output;

namespace OpenClaw.Cli.Commands.Gateway.Status;

/// <summary>What status screens say of a gateway that holds its channels back after crashes.</summary>
internal static class SafeModeLine
{
    /// <summary>One line from an answer of <c>status</c> or <c>health</c>; null outside of safe mode.</summary>
    public static string? Of(JsonElement? answer) =>
        answer?.Field("safeMode")?.Text("reason") is { } reason ? "Safe mode: " + TerminalText.HarmlessLine(reason) : null;
}
