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
    public static bool Covers(IReadOnlyList<string> granted, IReadOnlyList<string> asked) =>
        asked.All(scope => granted.Contains(scope, StringComparer.Ordinal));

    /// <summary>
    /// The first scope of <paramref name="asked"/> that a holder of <paramref name="held"/> could not use, or null. This is the rule
    /// for passing rights on: nobody gives away what he does not have.
    /// </summary>
    public static string? FirstBeyond(IReadOnlyList<string> held, IReadOnlyList<string> asked) => asked.FirstOrDefault(scope => !Includes(held, scope));

    /// <summary>Both lists without repetition, in order of appearance.</summary>
    public static ImmutableArray<string> Union(IReadOnlyList<string> first, IReadOnlyList<string> second) =>
        [.. first.Concat(second).Distinct(StringComparer.Ordinal)];

    /// <summary>The list as tokens store it.</summary>
    public static ImmutableArray<string> Sorted(IReadOnlyList<string> scopes) => [.. scopes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    private static bool Includes(IReadOnlyList<string> held, string scope) =>
        held.Contains(scope, StringComparer.Ordinal)
        || (scope.StartsWith(OperatorPrefix, StringComparison.Ordinal) && held.Contains(OperatorScopes.Admin, StringComparer.Ordinal))
        || (scope == OperatorScopes.Read && held.Contains(OperatorScopes.Write, StringComparer.Ordinal));
}
