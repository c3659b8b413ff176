using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace OpenClaw.Gateway.Core.Configuration;

/// <summary>Variables found in the user's login shell.</summary>
/// <param name="Variables">Those that were missing here; empty when there were none.</param>
/// <param name="Warning">Why the shell could not be asked, for the log.</param>
public sealed record LoginShellResult(IReadOnlyDictionary<string, string> Variables, string? Warning);

/// <summary>
/// Takes credentials from the user's login shell (<c>$SHELL -l -c "env -0"</c>) where a service started without them.
/// Only names this product reads are taken, only if switched on, and only if the environment has none of them.
/// </summary>
/// <param name="time">Clock of the time-out.</param>
public sealed class LoginShellVariables(TimeProvider time)
{
    private const int DefaultTimeoutMs = 15_000;

    private static readonly string[] Expected =
    [
        "OPENAI_API_KEY", "ANTHROPIC_API_KEY", "ANTHROPIC_OAUTH_TOKEN", "GEMINI_API_KEY", "ZAI_API_KEY", "OPENROUTER_API_KEY", "AI_GATEWAY_API_KEY",
        "MINIMAX_API_KEY", "SYNTHETIC_API_KEY", "ELEVENLABS_API_KEY", "BRAVE_API_KEY", "TELEGRAM_BOT_TOKEN", "DISCORD_BOT_TOKEN", "SLACK_BOT_TOKEN",
        "SLACK_APP_TOKEN", "OPENCLAW_GATEWAY_TOKEN", "OPENCLAW_GATEWAY_PASSWORD",
    ];

    /// <summary>Asks the shell, when the instance wants it. Use the result with <see cref="GatewayEnvironment.With"/> and load again.</summary>
    /// <param name="environment">The instance.</param>
    /// <param name="snapshot">First reading of the configuration; it may be invalid for want of the very variables.</param>
    /// <param name="cancellation">Ends the shell.</param>
    public async Task<LoginShellResult> ReadAsync(GatewayEnvironment environment, ConfigSnapshot snapshot, CancellationToken cancellation = default)
    {
        var none = new LoginShellResult(new Dictionary<string, string>(), null);
        var settings = ((snapshot.Parsed as JsonObject)?["env"] as JsonObject)?["shellEnv"] as JsonObject;
        var enabled = settings?["enabled"] is JsonValue flag && flag.TryGetValue<bool>(out var on) && on;
        if (OperatingSystem.IsWindows() || environment.IsTruthy("OPENCLAW_DEFER_SHELL_ENV_FALLBACK")
            || !(enabled || environment.IsTruthy("OPENCLAW_LOAD_SHELL_ENV")) || Expected.Any(name => snapshot.GetVariable(name) is not null))
        {
            return none;
        }
        var configured = settings?["timeoutMs"] is JsonValue value && value.TryGetValue<int>(out var ms) ? ms
            : int.TryParse(environment.Get("OPENCLAW_SHELL_ENV_TIMEOUT_MS"), NumberStyles.None, CultureInfo.InvariantCulture, out var variable) ? variable
            : DefaultTimeoutMs;
        using var timeout = new CancellationTokenSource(TimeSpan.FromMilliseconds(Math.Max(configured, 1)), time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellation);
        var shell = environment.Get("SHELL") is { } own && Path.IsPathRooted(own) ? own : "/bin/sh";
        using var process = new Process();
        process.StartInfo = new ProcessStartInfo(shell) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])["-l", "-c", "env -0"])
            process.StartInfo.ArgumentList.Add(argument);
        process.StartInfo.Environment.Clear();
        foreach (var (name, text) in environment.Variables)
            process.StartInfo.Environment[name] = text;
        try
        {
            process.Start();
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(either.Token);
            var errors = process.StandardError.ReadToEndAsync(either.Token);
            await Task.WhenAll(output, errors).ConfigureAwait(false);
            await process.WaitForExitAsync(either.Token).ConfigureAwait(false);
            return process.ExitCode == 0
                ? new LoginShellResult(Parse(await output.ConfigureAwait(false)), null)
                : none with { Warning = $"{shell} -l ended with exit code {process.ExitCode}" };
        }
        catch (Win32Exception e)
        {
            return none with { Warning = $"{shell} cannot be run: {e.Message}" };
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            cancellation.ThrowIfCancellationRequested();
            return none with { Warning = $"{shell} -l did not answer within {configured} ms" };
        }
    }

    /// <summary>What a profile script prints stands before the first variable and is no variable of ours.</summary>
    private static Dictionary<string, string> Parse(string output)
    {
        var found = new Dictionary<string, string>();
        foreach (var entry in output.Split('\0', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = entry.IndexOf('=', StringComparison.Ordinal);
            var name = equals < 0 ? "" : entry[..equals];
            name = name[(name.LastIndexOf('\n') + 1)..];
            if (Expected.Contains(name) && entry[(equals + 1)..].Trim().Length > 0)
                found[name] = entry[(equals + 1)..];
        }
        return found;
    }
}
