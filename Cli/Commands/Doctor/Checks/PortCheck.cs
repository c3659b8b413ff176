using System.Globalization;
using System.Net;
using System.Net.Sockets;
using OpenClaw.Cli.Diagnosis;
using OpenClaw.Gateway.Client.Targets;
using OpenClaw.Gateway.Core.Processes;

namespace OpenClaw.Cli.Commands.Doctor.Checks;

/// <summary>Whether something else sits on the gateway's port.</summary>
internal sealed class PortCheck : IDoctorCheck
{
    public string Area => "Gateway";

    public async Task<IReadOnlyList<Finding>> LookAsync(Patient patient, CancellationToken cancellation)
    {
        if (patient.Route.Address.Origin is not GatewayAddressOrigin.Local || patient.Lock() is { OwnerIsAlive: true })
            return [];
        // Whoever refuses with a gateway's words is a gateway; that has a finding of its own.
        var probe = await patient.ProbeAsync().ConfigureAwait(false);
        if (probe.Connected || CanListen(patient.Port))
            return [];
        var listeners = await new PortReclaimer(patient.Environment, patient.Time).ListenersAsync(patient.Port, cancellation).ConfigureAwait(false);
        var who = listeners.Count == 0 ? "Who it is cannot be told (lsof is missing, or it is another user's)." : string.Join('\n', listeners.Select(static listener => "- " + listener));
        return
        [
            new Finding("gateway.port_taken", FindingSeverity.Error, string.Create(CultureInfo.InvariantCulture, $"Port {patient.Port} is taken by another program"), $"{who}\n{Hint(listeners)}")
            {
                Remedy = $"end that program, set another gateway.port, or: {patient.Environment.CommandName} gateway --force",
            },
        ];
    }

    private static string Hint(IReadOnlyList<PortListener> listeners) => listeners switch
    {
        _ when listeners.Any(static listener => listener.Command?.Contains("openclaw", StringComparison.Ordinal) == true) => "It looks like a gateway with another configuration.",
        _ when listeners.Any(static listener => listener.Command?.StartsWith("ssh", StringComparison.Ordinal) == true) => "It looks like an SSH tunnel, perhaps to another gateway.",
        _ => "A gateway does not start until it is free.",
    };

    private static bool CanListen(int port)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, port));
            socket.Listen();
            return true;
        }
        catch (SocketException e)
        {
            return e.SocketErrorCode is not SocketError.AddressAlreadyInUse;
        }
    }
}
