using System.Collections.Immutable;
using OpenClaw.Gateway.Protocol.Scopes;

namespace OpenClaw.Gateway.Core.Devices;

/// <summary>Comparisons of scope lists.</summary>
internal static class ScopeSet
{
    private const string OperatorPrefix = "operator.";

    /// <summary>
    /// True when every scope of <paramref name="asked"/> is named in <paramref name="granted"/>. A device is admitted by this
    /// rule: one that was approved for <c>operator.admin</c> alone has to ask for <c>operator.approvals</c>, as it was recorded.
    /// </summary>
    /// <remarks>Lists are as long as clients make them: the time is proportional to their length.</remarks>
    public static bool Covers(IReadOnlyList<string> granted, IReadOnlyList<string> asked)
    {
        if (asked.Count == 0)
            return true;
        var set = granted.ToHashSet(StringComparer.Ordinal);
        return asked.All(set.Contains);
    }

    /// <summary>
    /// The first scope of <paramref name="asked"/> that a holder of <paramref name="held"/> could not use, or null. This is the rule
    /// for passing rights on: nobody gives away what he does not have.
    /// </summary>
    public static string? FirstBeyond(IReadOnlyList<string> held, IReadOnlyList<string> asked)
    {
        var set = held.ToHashSet(StringComparer.Ordinal);
        return asked.FirstOrDefault(scope => !Includes(set, scope));
    }

    /// <summary>Both lists without repetition, in order of appearance.</summary>
    public static ImmutableArray<string> Union(IReadOnlyList<string> first, IReadOnlyList<string> second) =>
        [.. first.Concat(second).Distinct(StringComparer.Ordinal)];

    /// <summary>The list as tokens store it.</summary>
    public static ImmutableArray<string> Sorted(IReadOnlyList<string> scopes) => [.. scopes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static bool Includes(HashSet<string> held, string scope) =>
        held.Contains(scope)
        || (scope.StartsWith(OperatorPrefix, StringComparison.Ordinal) && held.Contains(OperatorScopes.Admin))
        || (scope == OperatorScopes.Read && held.Contains(OperatorScopes.Write));
}
