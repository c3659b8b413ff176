using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using OpenClaw.Gateway.Core.Configuration;

namespace OpenClaw.Cli.Updates;

/// <summary>
/// Asks the program for its version, and starts its gateway: with this instance's configuration, on another port, in a state directory of its own, and
/// without what would act for the instance twice (channels, jobs).
/// </summary>
internal sealed class VersionProbe(GatewayEnvironment environment, ConfigSnapshot snapshot, TimeProvider time) : IVersionProbe
{
    private static readonly TimeSpan VersionPatience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    public async Task<string?> ProblemOfAsync(string directory, string version, CancellationToken cancellation)
    {
        var home = Directory.CreateTempSubdirectory("openclaw-probe-");
        try
        {
            var program = InstallLayout.ProgramIn(directory);
            if (await VersionOfAsync(program, home.FullName, cancellation).ConfigureAwait(false) is var (number, wrong) && wrong is not null)
                return wrong;
            if (number != version)
                return $"it says that it is version {number}, and not {version}";
            return await StartAsync(program, home.FullName, cancellation).ConfigureAwait(false);
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    private async Task<(string Number, string? Problem)> VersionOfAsync(string program, string home, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(VersionPatience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            using var process = Launch(program, ["--version"], home, new Dictionary<string, string>());
            try
            {
                var printed = await process.StandardOutput.ReadToEndAsync(either.Token).ConfigureAwait(false);
                await process.WaitForExitAsync(either.Token).ConfigureAwait(false);
                return process.ExitCode == 0 ? (printed.Trim(), null) : ("", $"it ends with {process.ExitCode} when asked for its version");
            }
            finally
            {
                await EndAsync(process).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return ("", "it does not tell its version in time");
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            return ("", "it does not run on this machine: " + e.Message);
        }
    }

    private async Task<string?> StartAsync(string program, string home, CancellationToken cancellation)
    {
        var port = FreePort();
        await File.WriteAllTextAsync(Path.Combine(home, "openclaw.json"), ConfigFor(home).ToJsonString(), cancellation).ConfigureAwait(false);
        var variables = new Dictionary<string, string>
        {
            ["OPENCLAW_STATE_DIR"] = home,
            ["OPENCLAW_CONFIG_PATH"] = Path.Combine(home, "openclaw.json"),
            ["OPENCLAW_SKIP_CRON"] = "1",
            ["TMPDIR"] = home,
        };
        using var process = Launch(
            program, ["gateway", "--allow-unconfigured", "--bind", "loopback", "--port", port.ToString(CultureInfo.InvariantCulture), "--token", Guid.NewGuid().ToString("N")], home, variables);
        process.OutputDataReceived += static (_, _) => { };
        var last = new List<string>();
        process.ErrorDataReceived += (_, line) =>
        {
            lock (last)
                last.Add(line.Data ?? "");
        };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            var started = time.GetTimestamp();
            while (time.GetElapsedTime(started) < StartPatience)
            {
                if (process.HasExited)
                {
                    lock (last)
                        return $"its gateway ends with {process.ExitCode}: {last.LastOrDefault(static line => line.Length > 0) ?? "no message"}";
                }
                if (await IsHealthyAsync(port, cancellation).ConfigureAwait(false))
                    return null;
                await Task.Delay(Pause, time, cancellation).ConfigureAwait(false);
            }
            return "its gateway does not answer in time";
        }
        finally
        {
            await EndAsync(process).ConfigureAwait(false);
        }
    }

    /// <summary>The configuration without what other machines or people would notice.</summary>
    private JsonObject ConfigFor(string home)
    {
        var config = (JsonObject)snapshot.Config.DeepClone();
        foreach (var section in (string[])["channels", "plugins", "bindings", "web", "discovery", "meta"])
            config.Remove(section);
        config["logging"] = new JsonObject { ["file"] = Path.Combine(home, "gateway.log") };
        var gateway = config["gateway"] as JsonObject ?? [];
        config["gateway"] = gateway;
        gateway["mode"] = "local";
        // One plain port, whatever the real one is.
        gateway.Remove("tls");
        gateway.Remove("tailscale");
        gateway.Remove("bind");
        gateway.Remove("port");
        return config;
    }

    private Process Launch(string program, string[] arguments, string home, Dictionary<string, string> variables)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = home };
        start.Environment.Clear();
        foreach (var (name, value) in environment.Variables)
        {
            // A bot's token in a variable would be taken for a channel.
            if (!name.StartsWith("TELEGRAM_", StringComparison.Ordinal) && !name.StartsWith("OPENCLAW_GATEWAY_", StringComparison.Ordinal) && name != "PORT")
                start.Environment[name] = value;
        }
        foreach (var (name, value) in variables)
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static async Task EndAsync(Process process)
    {
        if (!process.HasExited)
            process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync().ConfigureAwait(false);
    }

    private static async Task<bool> IsHealthyAsync(int port, CancellationToken cancellation)
    {
        try
        {
            using var http = new HttpMessageInvoker(new SocketsHttpHandler { UseProxy = false, AllowAutoRedirect = false });
            using var request = new HttpRequestMessage(HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/healthz"));
            using var response = await http.SendAsync(request, cancellation).ConfigureAwait(false);
            return response.StatusCode is HttpStatusCode.OK;
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            return false;
        }
    }

    private static int FreePort()
    {
        using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        probe.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)probe.LocalEndPoint!).Port;
    }
}
