namespace OpenClaw.Gateway.Core.Configuration;

/// <summary>The ports an instance uses beside its own, all counted from it (R21), so that instances keep apart.</summary>
/// <param name="Gateway">The gateway's port.</param>
/// <param name="BrowserControl">Browser control, on loopback only: the gateway's + 2.</param>
/// <param name="BrowserRelay">Relay for the browser extension, on loopback only: browser control + 1.</param>
/// <param name="Canvas">Canvas file server: <c>OPENCLAW_CANVAS_HOST_PORT</c>, <c>canvasHost.port</c>, or the gateway's + 4.</param>
/// <param name="FirstBrowserProfile">First port of browser profiles: browser control + 9.</param>
/// <param name="LastBrowserProfile">Last port of browser profiles: browser control + 108.</param>
public sealed record DerivedPorts(int Gateway, int BrowserControl, int BrowserRelay, int Canvas, int FirstBrowserProfile, int LastBrowserProfile)
{
    private const int BrowserControlOffset = 2;
    private const int CanvasOffset = 4;
    private const int FirstProfileOffset = 9;
    private const int LastProfileOffset = 108;

    /// <summary>The ports of an instance. Where counting leaves the range of ports, it is done from the default port.</summary>
    /// <param name="gatewayPort">The port in force, see <see cref="GatewayEnvironment.ResolvePort"/>.</param>
    /// <param name="snapshot">Current configuration.</param>
    public static DerivedPorts For(int gatewayPort, ConfigSnapshot snapshot)
    {
        var browser = InRange(gatewayPort, BrowserControlOffset);
        var chosen = int.TryParse(snapshot.GetVariable("OPENCLAW_CANVAS_HOST_PORT"), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var variable)
            && GatewayEnvironment.IsPort(variable) ? variable : snapshot.Root.Section("canvasHost").Int("port");
        return new DerivedPorts(
            gatewayPort,
            browser,
            InRange(browser, 1),
            chosen ?? InRange(gatewayPort, CanvasOffset),
            Math.Min(browser + FirstProfileOffset, ushort.MaxValue),
            Math.Min(browser + LastProfileOffset, ushort.MaxValue));
    }

    private static int InRange(int port, int offset) =>
        GatewayEnvironment.IsPort(port + offset) ? port + offset : GatewayEnvironment.DefaultPort + offset;
}
