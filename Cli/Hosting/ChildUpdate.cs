using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Updates;

namespace OpenClaw.Cli.Hosting;

/// <summary>Runs <c>openclaw update</c> beside the gateway: what goes wrong with it goes wrong there.</summary>
/// <param name="programPath">This program.</param>
/// <param name="variables">The instance's environment.</param>
/// <param name="time">Clock.</param>
internal sealed class ChildUpdate(string? programPath, IReadOnlyDictionary<string, string> variables, TimeProvider time) : IProgramUpdate
{
    /// <summary>What the program may take beyond its own limit, until it is ended.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(30);

    public async Task<JsonObject> RunAsync(TimeSpan limit)
    {
        if (programPath is null || Path.GetFileNameWithoutExtension(programPath) != "openclaw")
            return Failed("this program cannot tell where it is");
        using var patience = new CancellationTokenSource(limit + Grace, time);
        var seconds = Math.Max(1, (long)limit.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo(programPath, ["update", "--json", "--no-restart", "--timeout", seconds]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment.Clear();
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            try
            {
                var printed = await Task.WhenAll(process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token)).ConfigureAwait(false);
                await process.WaitForExitAsync(patience.Token).ConfigureAwait(false);
                return Parse(printed[0]) ?? Failed(printed[1].Trim() is { Length: > 0 } said ? said.Split('\n')[0] : $"openclaw update ended with {process.ExitCode}");
            }
            finally
            {
                if (!process.HasExited)
                    process.Kill(entireProcessTree: true);
            }
        }
        catch (OperationCanceledException)
        {
            return Failed("it took too long");
        }
        catch (Exception e) when (e is Win32Exception or IOException)
        {
            return Failed(e.Message);
        }
    }

    private static JsonObject? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static JsonObject Failed(string reason) => new() { ["status"] = "error", ["mode"] = "unknown", ["reason"] = reason, ["steps"] = new JsonArray(), ["durationMs"] = 0 };
}
