namespace Maskwright.Networks.Catalog.Hub;

/// <summary>What the hub's headers declare about a file.</summary>
/// <param name="Commit">The commit that the revision names.</param>
/// <param name="Blob">Name of the blob in the cache: the ETag without quotes.</param>
/// <param name="SizeBytes">Size of the content.</param>
/// <remarks>Headers: <c>X-Repo-Commit</c>, <c>X-Linked-Etag</c>, <c>X-Linked-Size</c>, <c>ETag</c>; huggingface_hub, <c>get_hf_file_metadata</c>.</remarks>
internal sealed record HubMetadata(string Commit, string Blob, long SizeBytes)
{
    /// <summary>Asks for the headers, along redirects inside the hub but not to where the content lies.</summary>
    public static Task<HubMetadata> ReadAsync(HubHttp http, Uri address, HubSubject subject, CancellationToken cancellationToken) =>
        http.RetryAsync(
            async token =>
            {
                var headers = new HubHeaders();
                using var response = await http.SendAsync(HttpMethod.Head, address, subject, null, headers.See, token).ConfigureAwait(false);
                return headers.Result(subject, response);
            },
            null,
            cancellationToken);

    private sealed class HubHeaders
    {
        private string? commit;
        private string? linkedEtag;
        private string? linkedSize;

        public bool See(HttpResponseMessage response)
        {
            commit ??= Header(response, "X-Repo-Commit");
            linkedEtag ??= Header(response, "X-Linked-Etag");
            linkedSize ??= Header(response, "X-Linked-Size");
            return commit is not null && linkedEtag is not null && linkedSize is not null && HubHttp.IsRedirect(response);
        }

        public HubMetadata Result(HubSubject subject, HttpResponseMessage response)
        {
            if (commit is null || !HubNames.IsCommit(commit))
            {
                throw HubHttp.Invalid(
                    subject,
                    "the server does not say which commit it serves (X-Repo-Commit), so it is not the hub; is HF_ENDPOINT right, or a proxy in between?");
            }

            var blob = HubNames.BlobName(linkedEtag ?? Header(response, "ETag"))
                ?? throw HubHttp.Invalid(subject, "the server declares no usable ETag, by which the file would be kept");
            var size = long.TryParse(linkedSize, out var linked) ? linked : response.Content.Headers.ContentLength;
            return size >= 0
                ? new HubMetadata(commit, blob, size.Value)
                : throw HubHttp.Invalid(subject, "the server does not declare the file's size");
        }

        private static string? Header(HttpResponseMessage response, string name) =>
            response.Headers.TryGetValues(name, out var values) ? string.Join("", values) : null;
    }
}
