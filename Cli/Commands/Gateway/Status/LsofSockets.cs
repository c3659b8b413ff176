using System.Globalization;
using OpenClaw.Cli.Services.Programs;

namespace OpenClaw.Cli.Commands.Gateway.Status;

/// <summary>Listeners according to <c>lsof</c>, where there is no <c>/proc</c>.</summary>
internal static class LsofSockets
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(800);

    public static async Task<PortUse> FindAsync(int port, IProcessRunner runner, CancellationToken cancellation)
    {
        var number = port.ToString(CultureInfo.InvariantCulture);
        var result = await runner.RunAsync("lsof", ["-nP", $"-iTCP:{number}", "-sTCP:LISTEN", "-FpcLn"], Patience, null, cancellation).ConfigureAwait(false);
        if (result.End is not ProcessEnd.Exited)
            return new PortUse(port, "unknown", []);
        var owners = Parse(result.Out);
        return new PortUse(port, owners.Count > 0 ? "busy" : "free", owners) { Addresses = [.. owners.Select(static owner => owner.Address)] };
    }

    /// <summary>One field a line: <c>p</c> begins a process, <c>c</c> is its command, <c>L</c> its user, <c>n</c> an address.</summary>
    internal static List<PortOwner> Parse(string output)
    {
        var owners = new List<PortOwner>();
        foreach (var line in output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (line[0] == 'p' && int.TryParse(line.AsSpan(1), NumberStyles.None, CultureInfo.InvariantCulture, out var pid))
                owners.Add(new PortOwner(pid, ""));
            else if (owners.Count > 0)
                owners[^1] = line[0] switch
                {
                    'c' => owners[^1] with { Command = line[1..] },
                    'L' => owners[^1] with { User = line[1..] },
                    'n' when owners[^1].Address.Length == 0 => owners[^1] with { Address = line[1..] },
                    _ => owners[^1],
                };
        }
        return owners;
    }
}
