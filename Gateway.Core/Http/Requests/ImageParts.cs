using OpenClaw.Gateway.Core.Agents.Messages;
using OpenClaw.Gateway.Core.Configuration;
using OpenClaw.Gateway.Core.Egress;
using OpenClaw.Gateway.Core.Http.Answers;

namespace OpenClaw.Gateway.Core.Http.Requests;

/// <summary>Gets the pictures that a request names: out of data URLs, or from the internet through the guarded fetch.</summary>
internal sealed class ImageParts(ConfigStore configuration, EgressFetcher fetcher)
{
    /// <summary>One picture for each address, in order, or what is wrong with the first bad one.</summary>
    public async Task<(IReadOnlyList<ImageBlock> Images, ApiError? Error)> GetAsync(IReadOnlyList<(string Url, string Path)> sources, CancellationToken cancellationToken)
    {
        var options = MediaOptions.Images(configuration.Current);
        if (sources.Count > MediaOptions.MaxParts)
            return ([], ApiError.Invalid($"at most {MediaOptions.MaxParts} pictures are taken", sources[MediaOptions.MaxParts].Path));
        if (sources.Where(static source => ImageReader.DataOf(source.Url) is null).Skip(MediaOptions.MaxUrls).FirstOrDefault() is { Path: { } tooMany })
            return ([], ApiError.Invalid($"at most {MediaOptions.MaxUrls} addresses are fetched", tooMany));
        var images = new List<ImageBlock>(sources.Count);
        foreach (var (url, path) in sources)
        {
            var (image, wrong) = ImageReader.DataOf(url) is { } data
                ? ImageReader.Decode(data, options.Limits.MaxBytes, options.AllowedMimes)
                : await FetchAsync(url, options, cancellationToken).ConfigureAwait(false);
            if (image is null)
                return ([], ApiError.Invalid(wrong!, path));
            images.Add(image);
        }
        return (images, null);
    }

    /// <summary>A picture that came as base64.</summary>
    public (ImageBlock? Image, string? Wrong) Decode(string base64)
    {
        var options = MediaOptions.Images(configuration.Current);
        return ImageReader.Decode(base64, options.Limits.MaxBytes, options.AllowedMimes);
    }

    private async Task<(ImageBlock? Image, string? Wrong)> FetchAsync(string url, MediaOptions options, CancellationToken cancellationToken)
    {
        if (!options.AllowUrl)
            return (null, "Error: input_image URL sources are disabled by config");
        var fetched = await fetcher.FetchAsync(url, options.Limits, cancellationToken).ConfigureAwait(false);
        return fetched.Error is { } error ? (null, error) : ImageReader.Of(fetched.Bytes, options.AllowedMimes);
    }
}
