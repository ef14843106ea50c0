import Diagnostics
import Publishing
import Workspace

/// A site in a folder: the whole of it is made beside the old one, and then the two change places.
struct FolderPublication {
    let site: PublishedSite
    let place: PublicationPlace
    let isForced: Bool
    let isDry: Bool
    let files: any FileSystem

    init(to typed: String, _ site: PublishedSite, _ publication: Publication) throws(Diagnostic) {
        self.site = site
        place = try PublicationPlace(
            typed, for: publication.project, apartFrom: site.folder, in: publication.workspace)
        isForced = publication.options.isForced
        isDry = publication.options.isDry
        files = publication.workspace.files
    }

    func run() throws(Diagnostic) -> Delivered {
        let manifest = try place.manifest(files)
        let listing = try publishing { () throws(FileError) in try TreeListing(of: place.folder, files) }
        guard manifest != nil || listing.isEmpty || isForced else { throw PublicationPlace.foreign(place.shown) }
        let plan = try publishing { () throws(FileError) in
            let questions = PublicationPlan.questions(site.digests, manifest)
            let held = try listing.held(at: questions, below: place.folder, manifest, files)
            return PublicationPlan(site.digests, manifest: manifest, held: held, isForced: isForced)
        }
        if let conflict = Diagnostic.publication(plan.conflicts, in: place.shown) { throw conflict }
        var delivered = Delivered(plan: plan, place: place.shown, count: site.digests.count)
        if isDry { return delivered }
        let change = FolderSwitch(site, place, plan, listing, files)
        let isCurrent = plan.isEmpty && manifest == site.publicationManifest
        delivered.diagnostics = try publishing { () throws(FileError) in
            try change.tidy()
            return try isCurrent ? [] : change.run()
        }
        return delivered
    }
}
