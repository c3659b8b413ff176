using System.Text.Json;
using OpenClaw.Cli.Services.Programs;

namespace OpenClaw.Cli.Commands.Gateway.Status;

/// <summary>A process that listens on a port.</summary>
/// <param name="Pid">Its id.</param>
/// <param name="Address">Where it listens.</param>
internal sealed record PortOwner(int Pid, string Address)
{
    /// <summary>Name of the program.</summary>
    public string? Command { get; init; }

    /// <summary>Program and arguments.</summary>
    public string? CommandLine { get; init; }

    /// <summary>Its user.</summary>
    public string? User { get; init; }
}

/// <summary>Who has a port.</summary>
/// <param name="Port">The port.</param>
/// <param name="Status"><c>busy</c>, <c>free</c> or <c>unknown</c>.</param>
/// <param name="Listeners">Who, as far as this user may know.</param>
internal sealed record PortUse(int Port, string Status, IReadOnlyList<PortOwner> Listeners)
{
    /// <summary>Addresses on which somebody listens whose process cannot be told.</summary>
    public IReadOnlyList<string> Addresses { get; init; } = [];

    public bool IsBusy => Status == "busy";

    /// <summary>What it means, for people.</summary>
    public IReadOnlyList<string> Hints
    {
        get
        {
            if (!IsBusy)
                return [];
            if (Listeners.Count == 0)
                return ["Port is in use but process details are unavailable (install lsof or run as an admin user)."];
            var hints = new List<string>();
            var lines = Listeners.Select(static listener => (listener.CommandLine ?? listener.Command ?? "").ToLowerInvariant()).ToList();
            if (lines.Any(static line => line.Contains("openclaw", StringComparison.Ordinal)))
                hints.Add("Gateway already running locally. Stop it (openclaw gateway stop) or use a different port.");
            else if (lines.Any(static line => line.Contains("ssh", StringComparison.Ordinal)))
                hints.Add("SSH tunnel already bound to this port. Close the tunnel or use a different local port in -L.");
            else
                hints.Add("Another process is listening on this port.");
            if (Listeners.Select(static listener => listener.Pid).Distinct().Count() > 1)
                hints.Add("Multiple listeners detected; ensure only one gateway/tunnel per port unless intentionally running isolated profiles.");
            return hints;
        }
    }

    /// <summary>Finds out.</summary>
    public static Task<PortUse> OfAsync(int port, IProcessRunner runner, CancellationToken cancellation) =>
        OperatingSystem.IsLinux() ? Task.Run(() => LinuxSockets.Find(port), cancellation) : LsofSockets.FindAsync(port, runner, cancellation);

    public void Write(Utf8JsonWriter writer, string name)
    {
        writer.WriteStartObject(name);
        writer.WriteNumber("port", Port);
        writer.WriteString("status", Status);
        writer.WriteStartArray("listeners");
        foreach (var listener in Listeners)
        {
            writer.WriteStartObject();
            writer.WriteNumber("pid", listener.Pid);
            if (listener.Command is not null)
                writer.WriteString("command", listener.Command);
            writer.WriteString("address", listener.Address);
            if (listener.CommandLine is not null)
                writer.WriteString("commandLine", listener.CommandLine);
            if (listener.User is not null)
                writer.WriteString("user", listener.User);
            writer.WriteEndObject();
        }
        writer.WriteEndArray();
        writer.WriteStartArray("hints");
        foreach (var hint in Hints)
            writer.WriteStringValue(hint);
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
