using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Logging;
using Yarp.ReverseProxy.Health;
using Yarp.ReverseProxy.Model;

namespace OpenClaw.Gateway.Edge.Destinations;

/// <summary>
/// What probes mean for an instance of a service. One that answers is in the table; one that does not, twice in a row, is out of it, and what
/// is on its way there is given up; one that refuses our signature is out of it, and what it has accepted goes on.
/// </summary>
internal sealed partial class ProbePolicy(IDestinationHealthUpdater health, Outages outages, ILogger<ProbePolicy> logger) : IActiveHealthCheckPolicy
{
    public const string PolicyName = "Probes";

    /// <summary>One unanswered probe may be a pause of the instance, or of this process.</summary>
    private const int UnansweredLimit = 2;

    private readonly ConditionalWeakTable<DestinationState, Record> _records = [];

    public string Name => PolicyName;

    /// <summary>Whether the last probe of the instance was answered, by a refusal of our signature.</summary>
    public bool Refuses(DestinationState destination) => _records.TryGetValue(destination, out var record) && record.Refuses;

    public void ProbingCompleted(ClusterState cluster, IReadOnlyList<DestinationProbingResult> probingResults)
    {
        var verdicts = new NewActiveDestinationHealth[probingResults.Count];
        for (var number = 0; number < verdicts.Length; number++)
        {
            var destination = probingResults[number].Destination;
            var verdict = Judge(destination, probingResults[number].Response?.StatusCode);
            if (verdict is DestinationHealth.Unhealthy && destination.Health.Active is not DestinationHealth.Unhealthy)
                LogOut(logger, destination.Model.Config.Address, Refuses(destination) ? "it refuses our signature" : "it does not answer");
            else if (verdict is DestinationHealth.Healthy && destination.Health.Active is DestinationHealth.Unhealthy)
                LogIn(logger, destination.Model.Config.Address);
            verdicts[number] = new NewActiveDestinationHealth(destination, verdict);
        }
        // Out of the table first: what is given up is tried again elsewhere.
        health.SetActive(cluster, verdicts);
        foreach (var verdict in verdicts)
        {
            if (verdict.NewActiveHealth is DestinationHealth.Unhealthy && !Refuses(verdict.Destination))
                outages.Begin(verdict.Destination);
            else if (verdict.NewActiveHealth is DestinationHealth.Healthy)
                outages.End(verdict.Destination);
        }
    }

    private DestinationHealth Judge(DestinationState destination, HttpStatusCode? answer)
    {
        var record = _records.GetOrCreateValue(destination);
        record.Refuses = answer is HttpStatusCode.Forbidden;
        record.Unanswered = answer is null or >= HttpStatusCode.BadRequest ? record.Unanswered + 1 : 0;
        return record.Refuses || record.Unanswered >= UnansweredLimit ? DestinationHealth.Unhealthy
            : record.Unanswered > 0 ? destination.Health.Active
            : DestinationHealth.Healthy;
    }

    [LoggerMessage(7004, LogLevel.Error, "The service at {Address} gets no requests: {Reason}.")]
    private static partial void LogOut(ILogger logger, string address, string reason);

    [LoggerMessage(7005, LogLevel.Information, "The service at {Address} answers again.")]
    private static partial void LogIn(ILogger logger, string address);

    /// <summary>Written by the probes of a service, which do not overlap.</summary>
    private sealed class Record
    {
        public volatile bool Refuses;

        public int Unanswered;
    }
}
