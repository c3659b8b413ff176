using System.ComponentModel;
using System.Diagnostics;
using OpenClaw.Cli.Connections;
using OpenClaw.Cli.Startup;
using OpenClaw.Gateway.Client.Targets;
using OpenClaw.Gateway.Core.Configuration.Options;

namespace OpenClaw.Cli.Commands.Dashboard;

/// <summary>One <c>openclaw dashboard</c>.</summary>
internal sealed class DashboardRun(CommandContext context, bool open)
{
    public async Task<int> ExecuteAsync(CancellationToken cancellation)
    {
        var route = await GatewayCaller.RouteAsync(context, new ClientArguments(), cancellation).ConfigureAwait(false);
        if (!route.Snapshot.Valid)
            return 1;
        if (DashboardAddress.UrlOf(route.Snapshot, route.Address) is not { } page)
            return await context.FailAsync("Error: the page is switched off (gateway.controlUi.enabled is false).").ConfigureAwait(false);
        // Behind the #, so that it is in no log of a server; the page takes it out of the address bar, and gives it to the gateway that it came from.
        var token = route.Address.Origin is GatewayAddressOrigin.Local ? GatewayAuth.Resolve(route.Snapshot).Token : route.Snapshot.Gateway.Remote.Token;
        var url = token is null ? page : $"{page}#token={Uri.EscapeDataString(token)}";
        await context.Out.WriteLineAsync("Dashboard URL: " + url).ConfigureAwait(false);
        if (open && Browser() is { } program)
        {
            await context.Out.WriteLineAsync(Start(program, url) is { } problem ? $"No browser was started: {problem}" : "Opened in your browser.").ConfigureAwait(false);
            return 0;
        }
        if (open && route.Address.Origin is GatewayAddressOrigin.Local)
            await context.Out.WriteLineAsync(FromAfar(new Uri(page), token)).ConfigureAwait(false);
        return 0;
    }

    private static string FromAfar(Uri page, string? token) => $"""
        There is no screen here. From your own computer:
        ssh -N -L {page.Port}:127.0.0.1:{page.Port} user@<host>
        Then open there:
        {page.Scheme}://localhost:{page.Port}{page.AbsolutePath}{(token is null ? "" : "#token=" + Uri.EscapeDataString(token))}
        """;

    /// <summary>What opens an address on this system; null where nobody would see it.</summary>
    private string? Browser()
    {
        if (context.Environment.Get("SSH_CONNECTION") is not null)
            return null;
        if (OperatingSystem.IsMacOS())
            return "/usr/bin/open";
        if (OperatingSystem.IsWindows())
            return "explorer.exe";
        if (context.Environment.Get("DISPLAY") is null && context.Environment.Get("WAYLAND_DISPLAY") is null)
            return null;
        return (context.Environment.Get("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(static directory => Path.Combine(directory, "xdg-open")).FirstOrDefault(File.Exists);
    }

    private static string? Start(string program, string url)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, [url]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true });
            return null;
        }
        catch (Win32Exception e)
        {
            return e.Message;
        }
    }
}
